using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.KubeClient.Certificates;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>What differs between a server behind a host's API server and one by itself.</summary>
internal sealed record ServerParts
{
    /// <summary>Finds out who asks.</summary>
    public required IAuthenticator Authenticator { get; init; }

    /// <summary>Says who may do what.</summary>
    public required IAuthorizer Authorizer { get; init; }

    /// <summary>What the server proves to be.</summary>
    public required ServingCertificate Certificate { get; init; }

    /// <summary>Rules of writes that come before the federation's own.</summary>
    public IReadOnlyList<IAdmissionPlugin> Admission { get; init; } = [];

    /// <summary>What is computed.</summary>
    public IReadOnlyList<IResourceHandler> Handlers { get; init; } = [];

    /// <summary>Takes the store, once it is built and before anything is served.</summary>
    public Action<IResourceStore> Attach { get; init; } = static _ => { };

    /// <summary>What runs as long as the server, begun before it listens.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Tasks { get; init; } = [];

    /// <summary>Runs once the server listens.</summary>
    public Func<Uri, CancellationToken, Task> ListeningAsync { get; init; } = static (_, _) => Task.CompletedTask;
}
