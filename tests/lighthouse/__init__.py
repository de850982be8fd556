"""What Lighthouse says of the visitors' pages: `make lighthouse`."""
