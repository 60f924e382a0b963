"""Values that are taken back, hold no more, or were named before: what stands is put in their places."""
