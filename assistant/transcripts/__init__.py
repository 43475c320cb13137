"""What is said and sung, word by word: made by a machine, mended by people."""
