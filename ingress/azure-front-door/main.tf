# The two streams behind Azure Front Door Standard or Premium.

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

# Unique in azurefd.net; part of the host name.
variable "endpoint" {
  type = string
}

# Host names that answer for the services, such as contoso-notifications.azurewebsites.net. Both may be the same.
variable "notifications_host" {
  type = string
}

variable "ai_events_host" {
  type = string
}

locals {
  surfaces = {
    notifications = { host = var.notifications_host, path = "/api/notifications" }
    ai-events     = { host = var.ai_events_host, path = "/api/ai/events" }
  }
}

resource "azurerm_cdn_frontdoor_profile" "millrace" {
  name                = "millrace"
  resource_group_name = var.resource_group
  # Or Premium_AzureFrontDoor; for streams they do the same.
  sku_name = "Standard_AzureFrontDoor"
  # Longest silence of an origin, 16 to 240 s; 30 by default in the portal, where one late heartbeat (they come every 25 s)
  # ends a stream. It holds for the whole profile. The contract asks for 3600 s, which is more than this tier can do.
  response_timeout_seconds = 240
}

resource "azurerm_cdn_frontdoor_endpoint" "millrace" {
  name                     = var.endpoint
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.millrace.id
}

# One origin in each group and so no health probe: it would want a 200 on a path that needs no token, and there is none.
resource "azurerm_cdn_frontdoor_origin_group" "surface" {
  for_each                 = local.surfaces
  name                     = each.key
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.millrace.id
  # Any replica serves any client.
  session_affinity_enabled = false

  load_balancing {
    sample_size                        = 4
    successful_samples_required        = 3
    additional_latency_in_milliseconds = 50
  }
}

resource "azurerm_cdn_frontdoor_origin" "surface" {
  for_each                       = local.surfaces
  name                           = each.key
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.surface[each.key].id
  host_name                      = each.value.host
  origin_host_header             = each.value.host
  http_port                      = 80
  https_port                     = 443
  priority                       = 1
  weight                         = 1000
  enabled                        = true
  certificate_name_check_enabled = true
}

# A route of its own for the streams, without a cache block: with caching on, Front Door may answer two clients with one
# response, drops the request's Accept header, and may compress. Compression exists only where caching is on.
resource "azurerm_cdn_frontdoor_route" "surface" {
  for_each                      = local.surfaces
  name                          = each.key
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.millrace.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.surface[each.key].id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.surface[each.key].id]
  # Exact: a pattern without "*" at its end matches this path only.
  patterns_to_match = [each.value.path, "${each.value.path}/probe"]
  # No HTTP and so no redirect: an EventSource of another origin does not survive one.
  supported_protocols    = ["Https"]
  https_redirect_enabled = false
  forwarding_protocol    = "HttpsOnly"
  link_to_default_domain = true
  enabled                = true
}

output "host_name" {
  value = azurerm_cdn_frontdoor_endpoint.millrace.host_name
}
