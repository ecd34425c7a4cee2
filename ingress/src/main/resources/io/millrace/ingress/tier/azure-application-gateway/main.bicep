// The two streams, and the rest of a site, behind Azure Application Gateway v2. main.json beside this file says the same.

param location string = resourceGroup().location
param gatewayName string = 'millrace'
// A subnet that only the gateway uses.
param subnetId string
// A user-assigned identity that may read the certificate below.
param identityId string
// Key Vault secret of the certificate, without version, such as https://contoso.vault.azure.net/secrets/site
param certificateSecretId string
// Host names that answer for the services over HTTPS. Both may be the same.
param notificationsHost string
param aiEventsHost string
// What answers every other path of the site.
param siteHost string
// Or WAF_v2. Request buffering can't be off there; response buffering, which matters here, can.
param sku string = 'Standard_v2'

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: gatewayName
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource gateway 'Microsoft.Network/applicationGateways@2025-01-01' = {
  name: gatewayName
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    sku: {
      name: sku
      tier: sku
    }
    autoscaleConfiguration: {
      minCapacity: 1
      maxCapacity: 10
    }
    globalConfiguration: {
      // On by default: responses are collected before they are passed on. For the whole gateway; there is no setting
      // for a listener or a path, so it is off for the rest of the site as well.
      enableResponseBuffering: false
      // Stays on: it concerns the bodies of requests.
      enableRequestBuffering: true
    }
    // HTTP/2 to the client: under HTTP/1.1 a browser has six connections to a host, and each stream keeps one.
    enableHttp2: true
    gatewayIPConfigurations: [
      {
        name: 'gateway'
        properties: {
          subnet: {
            id: subnetId
          }
        }
      }
    ]
    frontendIPConfigurations: [
      {
        name: 'public'
        properties: {
          publicIPAddress: {
            id: address.id
          }
        }
      }
    ]
    frontendPorts: [
      {
        name: 'https'
        properties: {
          port: 443
        }
      }
    ]
    sslCertificates: [
      {
        name: 'site'
        properties: {
          keyVaultSecretId: certificateSecretId
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'notifications'
        properties: {
          backendAddresses: [
            {
              fqdn: notificationsHost
            }
          ]
        }
      }
      {
        name: 'ai-events'
        properties: {
          backendAddresses: [
            {
              fqdn: aiEventsHost
            }
          ]
        }
      }
      {
        name: 'site'
        properties: {
          backendAddresses: [
            {
              fqdn: siteHost
            }
          ]
        }
      }
    ]
    probes: [
      {
        name: 'streams'
        properties: {
          protocol: 'Https'
          pickHostNameFromBackendHttpSettings: true
          // Without a token the answer is 401, and that is how a living replica answers a stranger. The path with the
          // health of a replica is on another port, which no gateway leads to.
          path: '@{notifications}'
          match: {
            statusCodes: [
              '200-499'
            ]
          }
          interval: 30
          timeout: @{connectSeconds}
          unhealthyThreshold: 3
        }
      }
    ]
    backendHttpSettingsCollection: [
      {
        // Settings of their own for the streams.
        name: 'streams'
        properties: {
          port: 443
          protocol: 'Https'
          pickHostNameFromBackendAddress: true
          // Any replica serves any client.
          cookieBasedAffinity: 'Disabled'
          // Longest silence between two reads, 1 to 86400 s; @{idleDefaultSeconds} by default. A heartbeat (every @{heartbeatSeconds} s) resets it.
          requestTimeout: @{idleSeconds}
          // How long a backend that was taken out may go on with its streams. A replica sends them elsewhere within @{drainSeconds} s.
          connectionDraining: {
            enabled: true
            drainTimeoutInSec: @{drainingSeconds}
          }
          probe: {
            id: resourceId('Microsoft.Network/applicationGateways/probes', gatewayName, 'streams')
          }
        }
      }
      {
        name: 'site'
        properties: {
          port: 443
          protocol: 'Https'
          pickHostNameFromBackendAddress: true
          cookieBasedAffinity: 'Disabled'
          requestTimeout: 30
        }
      }
    ]
    httpListeners: [
      {
        name: 'site'
        properties: {
          protocol: 'Https'
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', gatewayName, 'public')
          }
          frontendPort: {
            id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', gatewayName, 'https')
          }
          sslCertificate: {
            id: resourceId('Microsoft.Network/applicationGateways/sslCertificates', gatewayName, 'site')
          }
        }
      }
    ]
    urlPathMaps: [
      {
        name: 'paths'
        properties: {
          defaultBackendAddressPool: {
            id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', gatewayName, 'site')
          }
          defaultBackendHttpSettings: {
            id: resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', gatewayName, 'site')
          }
          pathRules: [
            {
              name: 'notifications'
              properties: {
                // Exact: a path without "*" at its end matches this path only.
                paths: [
                  '@{notifications}'
                  '@{notifications}/probe'
                ]
                backendAddressPool: {
                  id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', gatewayName, 'notifications')
                }
                backendHttpSettings: {
                  id: resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', gatewayName, 'streams')
                }
              }
            }
            {
              name: 'ai-events'
              properties: {
                paths: [
                  '@{aiEvents}'
                  '@{aiEvents}/probe'
                ]
                backendAddressPool: {
                  id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', gatewayName, 'ai-events')
                }
                backendHttpSettings: {
                  id: resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', gatewayName, 'streams')
                }
              }
            }
          ]
        }
      }
    ]
    requestRoutingRules: [
      {
        name: 'site'
        properties: {
          ruleType: 'PathBasedRouting'
          priority: 100
          httpListener: {
            id: resourceId('Microsoft.Network/applicationGateways/httpListeners', gatewayName, 'site')
          }
          urlPathMap: {
            id: resourceId('Microsoft.Network/applicationGateways/urlPathMaps', gatewayName, 'paths')
          }
        }
      }
    ]
  }
}

output ipAddress string = address.properties.ipAddress
