// One of the two services as a Linux container on Azure App Service. Deploy it once for each service;
// with the same planName both live on one plan. main.json beside this file says the same.

param location string = resourceGroup().location
param planName string = 'millrace'
// A plan that can be Always On: Basic or better.
param planSku string = 'P0v3'
// Replicas. Any replica serves any client and resumes any cursor, so two are enough to restart one.
param instances int = 2
// Unique in azurewebsites.net, such as contoso-notifications.
param appName string
// Such as registry.example.com/millrace/notifications-service:0.1.0
param image string
// The service's own environment: KAFKA_BOOTSTRAP_SERVERS, MP_JWT_VERIFY_PUBLICKEY_LOCATION and so on.
@secure()
param settings object

resource plan 'Microsoft.Web/serverfarms@2025-05-01' = {
  name: planName
  location: location
  kind: 'linux'
  sku: {
    name: planSku
    capacity: instances
  }
  properties: {
    // Linux. On a Windows plan IIS stands before the service, and compresses text/* unless told otherwise.
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-05-01' = {
  name: appName
  location: location
  kind: 'app,linux,container'
  properties: {
    serverFarmId: plan.id
    // A token or a cookie never travels in the clear.
    httpsOnly: true
    // No cookie that ties a client to one instance: a returning client would wait for that very one.
    clientAffinityEnabled: false
    siteConfig: {
      linuxFxVersion: 'DOCKER|${image}'
      // Otherwise the app is unloaded when no new request came for 20 minutes, and its streams with it.
      alwaysOn: true
      // HTTP/2 to the client: under HTTP/1.1 a browser has six connections to a host, and each stream keeps one.
      http20Enabled: true
      // No rule of one's own that restarts instances for slow requests either; every stream is a slow request.
      autoHealEnabled: false
      minTlsVersion: '1.2'
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-05-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, {
    // Where the service listens. Its management port is not reachable from outside, as it should be.
    WEBSITES_PORT: '8080'
    // The front end cuts a response after @{idleSeconds} s without a byte, and that can't be changed: the heartbeat has to
    // stay below a third of it.
    MILLRACE_HEARTBEAT: '@{heartbeatSeconds}s'
    // On by default: restarts an instance when 80 % of the requests of two minutes took longer than 200 s. Streams do.
    WEBSITE_PROACTIVE_AUTOHEAL_ENABLED: 'false'
    // Time between SIGTERM and SIGKILL; 5 by default, 120 at most. The drain of @{drainSeconds} s has to fit in.
    WEBSITES_CONTAINER_STOP_TIME_LIMIT: '@{stopSeconds}'
    // Streams end spread over this time, each told to come back, instead of all at once without a word.
    QUARKUS_SHUTDOWN_DELAY: '@{drainSeconds}s'
  })
}

output hostName string = app.properties.defaultHostName
