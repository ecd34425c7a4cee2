# The two streams behind Varnish 7. If you have a VCL already, take over the backends and put the lines of vcl_recv first.
# It needs a parameter at its start, too: millrace.service.conf.
vcl 4.1;

# For everything else, which would go to the first backend otherwise. If your site has one, it takes this place.
backend default none;

backend millrace_notifications {
    .host = "127.0.0.1";
    .port = "8081";
    # A replica answers at once or is gone.
    .connect_timeout = @{connectSeconds}s;
}

backend millrace_ai_events {
    .host = "127.0.0.1";
    .port = "8082";
    .connect_timeout = @{connectSeconds}s;
}

sub vcl_recv {
    # The replica sees how the client came. A proxy before Varnish that ends TLS sets this header itself.
    if (!req.http.X-Forwarded-Proto) {
        set req.http.X-Forwarded-Proto = "http";
    }

    # The streams and their probes, with or without a query, and nothing else.
    #
    # pipe: bytes are passed on as they come, and a client that leaves is seen by the replica at once. With `hash`, the usual
    # way, two requests for one URL share one response: the second user is given the stream of the first one. With
    # `pass`, a stream takes two threads, and the replica sees the client leave only with the next event.
    if (req.url ~ "^@{notifications}(/probe)?(\?|$)") {
        set req.backend_hint = millrace_notifications;
        return (pipe);
    }
    if (req.url ~ "^@{aiEvents}(/probe)?(\?|$)") {
        set req.backend_hint = millrace_ai_events;
        return (pipe);
    }
}

sub vcl_pipe {
    # What follows on the same connection would go to the replica unseen by this VCL.
    set bereq.http.Connection = "close";
    return (pipe);
}
