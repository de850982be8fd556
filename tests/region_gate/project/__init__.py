"""A site with nothing but the gate and two made-up regions: proof that the gate can be lifted out."""
