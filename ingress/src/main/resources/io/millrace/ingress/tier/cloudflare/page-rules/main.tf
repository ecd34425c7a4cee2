# For zones that still use Page Rules. Apply these or the rules of the folder above, not both.
#
# There is a limit on Page Rules (three on the Free plan), and they can neither say "these paths exactly" nor leave
# compression alone.

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

resource "cloudflare_page_rule" "stream" {
  for_each = toset(["@{notifications}*", "@{aiEvents}*"])
  zone_id  = var.zone_id
  target   = "${var.host}${each.value}"
  status   = "active"
  actions = {
    # The answer of one client must never be another's.
    cache_level = "bypass"
    # Rewriting of pages. Nothing for an event stream to gain.
    email_obfuscation = "off"
    rocket_loader     = "off"
    # response_buffering exists on Enterprise only and is off there by default; name it if somebody switched it on for the zone:
    # response_buffering = "off"
  }
}
