"""What keeps strangers and hostile pages out: headers, hosts and origins, forgery tokens, the password."""
