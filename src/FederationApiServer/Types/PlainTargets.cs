using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;

namespace KubeFed.FederationApiServer.Types;

/// <summary>Knows nothing but what the FederatedTypeConfigs say: there is no host to ask.</summary>
internal sealed class PlainTargets : ITargetDirectory, IDisposable
{
    /// <inheritdoc/>
    public FederationTarget Describe(ApiResource target) => new() { Resource = target, HasReplicas = true };

    /// <inheritdoc/>
    public IDisposable OnLearned(Action learned) => this;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
