# The two streams, and the rest of a site, behind Azure Application Gateway v2.

terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
  }
}

provider "azurerm" {
  features {}
}

variable "resource_group" {
  type = string
}

variable "location" {
  type = string
}

# A subnet that only the gateway uses.
variable "subnet_id" {
  type = string
}

# A user-assigned identity that may read the certificate below.
variable "identity_id" {
  type = string
}

# Key Vault secret of the certificate, without version, such as https://contoso.vault.azure.net/secrets/site
variable "certificate_secret_id" {
  type = string
}

# Host names that answer for the services over HTTPS. Both may be the same.
variable "notifications_host" {
  type = string
}

variable "ai_events_host" {
  type = string
}

# What answers every other path of the site.
variable "site_host" {
  type = string
}

resource "azurerm_public_ip" "millrace" {
  name                = "millrace"
  resource_group_name = var.resource_group
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_application_gateway" "millrace" {
  name                = "millrace"
  resource_group_name = var.resource_group
  location            = var.location
  # HTTP/2 to the client: under HTTP/1.1 a browser has six connections to a host, and each stream keeps one.
  http2_enabled = true

  # Or WAF_v2. Request buffering can't be off there; response buffering, which matters here, can.
  sku {
    name = "Standard_v2"
    tier = "Standard_v2"
  }

  autoscale_configuration {
    min_capacity = 1
    max_capacity = 10
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [var.identity_id]
  }

  global {
    # On by default: responses are collected before they are passed on. For the whole gateway; there is no setting
    # for a listener or a path, so it is off for the rest of the site as well.
    response_buffering_enabled = false
    # Stays on: it concerns the bodies of requests.
    request_buffering_enabled = true
  }

  gateway_ip_configuration {
    name      = "gateway"
    subnet_id = var.subnet_id
  }

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.millrace.id
  }

  frontend_port {
    name = "https"
    port = 443
  }

  ssl_certificate {
    name                = "site"
    key_vault_secret_id = var.certificate_secret_id
  }

  backend_address_pool {
    name  = "notifications"
    fqdns = [var.notifications_host]
  }

  backend_address_pool {
    name  = "ai-events"
    fqdns = [var.ai_events_host]
  }

  backend_address_pool {
    name  = "site"
    fqdns = [var.site_host]
  }

  probe {
    name                                      = "streams"
    protocol                                  = "Https"
    pick_host_name_from_backend_http_settings = true
    # Without a token the answer is 401, and that is how a living replica answers a stranger. The path with the
    # health of a replica is on another port, which no gateway leads to.
    path = "@{notifications}"
    match {
      status_code = ["200-499"]
    }
    interval            = 30
    timeout             = @{connectSeconds}
    unhealthy_threshold = 3
  }

  # Settings of their own for the streams.
  backend_http_settings {
    name                                = "streams"
    port                                = 443
    protocol                            = "Https"
    pick_host_name_from_backend_address = true
    # Any replica serves any client.
    cookie_based_affinity = "Disabled"
    # Longest silence between two reads, 1 to 86400 s; @{idleDefaultSeconds} by default. A heartbeat (every @{heartbeatSeconds} s) resets it.
    request_timeout = @{idleSeconds}
    probe_name      = "streams"
    # How long a backend that was taken out may go on with its streams. A replica sends them elsewhere within @{drainSeconds} s.
    connection_draining {
      enabled           = true
      drain_timeout_sec = @{drainingSeconds}
    }
  }

  backend_http_settings {
    name                                = "site"
    port                                = 443
    protocol                            = "Https"
    pick_host_name_from_backend_address = true
    cookie_based_affinity               = "Disabled"
    request_timeout                     = 30
  }

  http_listener {
    name                           = "site"
    protocol                       = "Https"
    frontend_ip_configuration_name = "public"
    frontend_port_name             = "https"
    ssl_certificate_name           = "site"
  }

  url_path_map {
    name                               = "paths"
    default_backend_address_pool_name  = "site"
    default_backend_http_settings_name = "site"

    path_rule {
      name = "notifications"
      # Exact: a path without "*" at its end matches this path only.
      paths                      = ["@{notifications}", "@{notifications}/probe"]
      backend_address_pool_name  = "notifications"
      backend_http_settings_name = "streams"
    }

    path_rule {
      name                       = "ai-events"
      paths                      = ["@{aiEvents}", "@{aiEvents}/probe"]
      backend_address_pool_name  = "ai-events"
      backend_http_settings_name = "streams"
    }
  }

  request_routing_rule {
    name               = "site"
    rule_type          = "PathBasedRouting"
    priority           = 100
    http_listener_name = "site"
    url_path_map_name  = "paths"
  }
}

output "ip_address" {
  value = azurerm_public_ip.millrace.ip_address
}
