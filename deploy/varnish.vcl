vcl 4.1;

# Varnish in front of the site. Start it with `-p default_grace=0`; the site's `CDN` is where it listens.
# TLS ends before it, in what sets X-Forwarded-Proto.

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = {
        .url = "/healthz";
        .timeout = 2s;
        .interval = 2s;
        .window = 3;
        .threshold = 2;
    }
}

# Who may have pages dropped: the site's own machines.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # What ends TLS connects from here, too, and says for whom: no visitor may have pages dropped.
        if (client.ip !~ purgers || req.http.X-Forwarded-Proto || req.http.X-Forwarded-For ~ ",") {
            return (synth(405));
        }
        # Whatever its parameters; "/*" is all of the host.
        if (req.url == "/*") {
            ban("obj.http.X-Kept-Host == " + req.http.Host);
        } else {
            ban("obj.http.X-Kept-Host == " + req.http.Host + " && obj.http.X-Kept-Path == " + req.url);
        }
        return (synth(200, "Dropped"));
    }
    # Whoever is signed in, or fills in a form, is answered by the site itself.
    if (req.http.Authorization || req.http.Cookie ~ "(^|; *)(sessionid|csrftoken)=") {
        return (pass);
    }
    unset req.http.Cookie;
    # What has ended is served for as long as the site allows, and only while it does not answer.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    }
}

sub vcl_hash {
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    set beresp.http.X-Kept-Host = bereq.http.Host;
    set beresp.http.X-Kept-Path = regsub(bereq.url, "\?.*", "");
    set beresp.grace = 0s;
    if (beresp.http.Cache-Control ~ "stale-if-error=[0-9]+") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Cache-Control, ".*stale-if-error=([0-9]+).*", "\1") + "s", 0s);
    }
    # An error is nobody's page: the next visitor asks again.
    if (beresp.status >= 500) {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
    }
}

sub vcl_deliver {
    unset resp.http.X-Kept-Host;
    unset resp.http.X-Kept-Path;
}
