# Rules for the streams in a zone that Cloudflare proxies.
#
# A zone has one ruleset for each phase, and a cloudflare_ruleset resource is all of it. If you have rules in one of these
# phases already, add the rule here to your resource: applying this file as well would remove yours.

terraform {
  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 5.22"
    }
  }
}

variable "zone_id" {
  type = string
}

# Such as app.example.com
variable "host" {
  type = string
}

locals {
  expression = "http.host eq \"${var.host}\" and http.request.uri.path in {\"/api/notifications\" \"/api/notifications/probe\" \"/api/ai/events\" \"/api/ai/events/probe\"}"
}

# Configuration Rule, all plans.
resource "cloudflare_ruleset" "config" {
  zone_id = var.zone_id
  name    = "Configuration Rules"
  kind    = "zone"
  phase   = "http_config_settings"
  rules = [{
    ref         = "millrace_stream"
    description = "Streams are passed on as they come"
    expression  = local.expression
    action      = "set_config"
    action_parameters = {
      # "standard" may hold the beginning of a response back to inspect it; an event is short, so that can be all of it.
      response_body_buffering = "none"
      # Rewriting of pages. Nothing for an event stream to gain.
      email_obfuscation = false
      rocket_loader     = false
    }
  }]
}

# Cache Rule, all plans. The answer of one client must never be another's.
resource "cloudflare_ruleset" "cache" {
  zone_id = var.zone_id
  name    = "Cache Rules"
  kind    = "zone"
  phase   = "http_request_cache_settings"
  rules = [{
    ref         = "millrace_stream"
    description = "Streams are never cached"
    expression  = local.expression
    action      = "set_cache_settings"
    action_parameters = {
      cache = false
    }
  }]
}

# Compression Rule, all plans. text/event-stream is not compressed by default; this holds when somebody compresses all types.
resource "cloudflare_ruleset" "compression" {
  zone_id = var.zone_id
  name    = "Compression Rules"
  kind    = "zone"
  phase   = "http_response_compression"
  rules = [{
    ref         = "millrace_stream"
    description = "Streams are never compressed"
    expression  = local.expression
    action      = "compress_response"
    action_parameters = {
      # The last matching rule wins, so this one belongs to the end.
      algorithms = [{ name = "none" }]
    }
  }]
}
