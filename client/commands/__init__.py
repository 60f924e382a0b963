"""The commands of the program, one file for each family; thin, the work is done elsewhere."""
