package io.millrace.cli.gateway;

/** The two services and the part of the address space each one owns. */
public enum Surface {
  NOTIFICATIONS("notifications-service", "/api/notifications"),
  AI_EVENTS("ai-events-service", "/api/ai");

  private final String service;
  private final String path;

  Surface(String service, String path) {
    this.service = service;
    this.path = path;
  }

  /** The name of the service's module and process. */
  public String service() {
    return service;
  }

  /** Whether requests to this path belong to this surface. */
  public boolean owns(String requestPath) {
    return requestPath.equals(path) || requestPath.startsWith(path + "/");
  }
}
