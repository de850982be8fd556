"""Demo content: four regions with their pages and people, for trying the site out."""
