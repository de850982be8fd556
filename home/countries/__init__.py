"""The countries of the world: what each is called, on which continent it lies, how one is found."""
