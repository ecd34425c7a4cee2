# Both services as Linux containers on one Azure App Service plan.

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

# Such as https://images.example.com
variable "registry" {
  type = string
}

# Host name (unique in azurewebsites.net) and image of each service, such as
# { notifications = { name = "contoso-notifications", image = "millrace/notifications-service:0.1.0" }, ai-events = … }
variable "services" {
  type = map(object({
    name  = string
    image = string
  }))
}

# The services' own environment: KAFKA_BOOTSTRAP_SERVERS, MP_JWT_VERIFY_PUBLICKEY_LOCATION and so on.
variable "settings" {
  type      = map(string)
  sensitive = true
}

locals {
  stream_settings = {
    # Where the service listens. Its management port is not reachable from outside, as it should be.
    WEBSITES_PORT = "8080"
    # The front end cuts a response after 230 s without a byte, and that can't be changed: the heartbeat has to
    # stay below a third of it.
    MILLRACE_HEARTBEAT = "25s"
    # On by default: restarts an instance when 80 % of the requests of two minutes took longer than 200 s. Streams do.
    WEBSITE_PROACTIVE_AUTOHEAL_ENABLED = "false"
    # Time between SIGTERM and SIGKILL; 5 by default, 120 at most. The drain of 30 s has to fit in.
    WEBSITES_CONTAINER_STOP_TIME_LIMIT = "45"
    # Streams end spread over this time, each told to come back, instead of all at once without a word.
    QUARKUS_SHUTDOWN_DELAY = "30s"
  }
}

resource "azurerm_service_plan" "millrace" {
  name                = "millrace"
  resource_group_name = var.resource_group
  location            = var.location
  # On a Windows plan IIS stands before the service, and compresses text/* unless told otherwise.
  os_type = "Linux"
  # A plan that can be Always On: Basic or better.
  sku_name = "P0v3"
  # Any replica serves any client and resumes any cursor, so two are enough to restart one.
  worker_count = 2
}

resource "azurerm_linux_web_app" "service" {
  for_each            = var.services
  name                = each.value.name
  resource_group_name = var.resource_group
  location            = var.location
  service_plan_id     = azurerm_service_plan.millrace.id
  # A token or a cookie never travels in the clear.
  https_only = true
  # No cookie that ties a client to one instance: a returning client would wait for that very one.
  client_affinity_enabled = false

  site_config {
    # Otherwise the app is unloaded when no new request came for 20 minutes, and its streams with it.
    always_on = true
    # HTTP/2 to the client: under HTTP/1.1 a browser has six connections to a host, and each stream keeps one.
    http2_enabled       = true
    minimum_tls_version = "1.2"
    # No auto_heal_setting block: a rule that restarts instances for slow requests would mean every stream.

    application_stack {
      docker_image_name   = each.value.image
      docker_registry_url = var.registry
    }
  }

  app_settings = merge(var.settings, local.stream_settings)
}

output "host_names" {
  value = { for key, app in azurerm_linux_web_app.service : key => app.default_hostname }
}
