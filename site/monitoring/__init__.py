"""What an operator watches: whether the site can serve, what it does, and what broke."""
