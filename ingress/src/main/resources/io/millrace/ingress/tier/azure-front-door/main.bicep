// The two streams behind Azure Front Door Standard or Premium. main.json beside this file says the same.

// Unique in azurefd.net; part of the host name.
param endpointName string
// Host names that answer for the services, such as contoso-notifications.azurewebsites.net. Both may be the same.
param notificationsHost string
param aiEventsHost string
param profileName string = 'millrace'
// Or Premium_AzureFrontDoor; for streams they do the same.
param sku string = 'Standard_AzureFrontDoor'

resource profile 'Microsoft.Cdn/profiles@2024-02-01' = {
  name: profileName
  location: 'global'
  sku: {
    name: sku
  }
  properties: {
    // Longest silence of an origin, 16 to @{idleSeconds} s; @{idleDefaultSeconds} by default, where one late heartbeat (they come every @{heartbeatSeconds} s) ends a stream.
    // It holds for the whole profile.@{idleClamped}
    originResponseTimeoutSeconds: @{idleSeconds}
  }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-02-01' = {
  parent: profile
  name: endpointName
  location: 'global'
  properties: {
    enabledState: 'Enabled'
  }
}

// One origin in each group and so no health probe: it would want a 200 on a path that needs no token, and there is none.
resource notificationsGroup 'Microsoft.Cdn/profiles/originGroups@2024-02-01' = {
  parent: profile
  name: 'notifications'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 3
      additionalLatencyInMilliseconds: 50
    }
    // Any replica serves any client.
    sessionAffinityState: 'Disabled'
  }
}

resource notificationsOrigin 'Microsoft.Cdn/profiles/originGroups/origins@2024-02-01' = {
  parent: notificationsGroup
  name: 'notifications'
  properties: {
    hostName: notificationsHost
    originHostHeader: notificationsHost
    httpPort: 80
    httpsPort: 443
    priority: 1
    weight: 1000
    enabledState: 'Enabled'
    enforceCertificateNameCheck: true
  }
}

resource aiEventsGroup 'Microsoft.Cdn/profiles/originGroups@2024-02-01' = {
  parent: profile
  name: 'ai-events'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 3
      additionalLatencyInMilliseconds: 50
    }
    sessionAffinityState: 'Disabled'
  }
}

resource aiEventsOrigin 'Microsoft.Cdn/profiles/originGroups/origins@2024-02-01' = {
  parent: aiEventsGroup
  name: 'ai-events'
  properties: {
    hostName: aiEventsHost
    originHostHeader: aiEventsHost
    httpPort: 80
    httpsPort: 443
    priority: 1
    weight: 1000
    enabledState: 'Enabled'
    enforceCertificateNameCheck: true
  }
}

// A route of its own for the streams, without cacheConfiguration: with caching on, Front Door may answer two clients with
// one response, drops the request's Accept header, and may compress. Compression exists only where caching is on.
resource notificationsRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-02-01' = {
  parent: endpoint
  name: 'notifications'
  dependsOn: [
    notificationsOrigin
  ]
  properties: {
    originGroup: {
      id: notificationsGroup.id
    }
    // Exact: a pattern without "*" at its end matches this path only.
    patternsToMatch: [
      '@{notifications}'
      '@{notifications}/probe'
    ]
    // No HTTP and so no redirect: an EventSource of another origin does not survive one.
    supportedProtocols: [
      'Https'
    ]
    httpsRedirect: 'Disabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
  }
}

resource aiEventsRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-02-01' = {
  parent: endpoint
  name: 'ai-events'
  dependsOn: [
    aiEventsOrigin
  ]
  properties: {
    originGroup: {
      id: aiEventsGroup.id
    }
    patternsToMatch: [
      '@{aiEvents}'
      '@{aiEvents}/probe'
    ]
    supportedProtocols: [
      'Https'
    ]
    httpsRedirect: 'Disabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
  }
}

output hostName string = endpoint.properties.hostName
