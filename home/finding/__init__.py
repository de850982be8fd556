"""The search of visitors: what is indexed of pages and of what they bring along, and how it is found."""
