package io.millrace.e2e.proxy;

/** Debian's 1.22. */
class NginxIT extends NginxContract {

  NginxIT() {
    super(Nginx.debian());
  }
}
