vcl 4.1;

# Two servers of the site on this machine, either of which may be restarted while the other answers.
# Start Varnish with this file; it reads varnish.vcl beside it.

import directors;

backend first {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = { .url = "/healthz"; .timeout = 2s; .interval = 2s; .window = 3; .threshold = 2; }
}

backend second {
    .host = "127.0.0.1";
    .port = "8001";
    .probe = { .url = "/healthz"; .timeout = 2s; .interval = 2s; .window = 3; .threshold = 2; }
}

sub vcl_init {
    new servers = directors.round_robin();
    servers.add_backend(first);
    servers.add_backend(second);
}

sub vcl_recv {
    set req.backend_hint = servers.backend();
}

# One that has just been stopped is found out by asking it; what only reads asks the other.
sub vcl_backend_error {
    if (bereq.retries < 2 && (bereq.method == "GET" || bereq.method == "HEAD")) {
        return (retry);
    }
}

include "./varnish.vcl";
