"""What a message is made of: tokens, values in one piece, mended words, closed lists of English."""
