using KubeFed.FederationApiServer.Types;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>How the server lives: behind a host's API server, or by itself.</summary>
internal interface IServerMode : IAsyncDisposable
{
    /// <summary>What the server is made of in this mode.</summary>
    ServerParts Parts { get; }

    /// <summary>Why requests cannot be answered rightly yet; null when they can.</summary>
    string? WhyNotReady { get; }

    /// <summary>What is known of the types that are federated.</summary>
    ITargetDirectory Targets { get; }
}
