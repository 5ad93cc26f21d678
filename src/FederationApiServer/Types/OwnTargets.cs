using KubeFed.ApiServerRuntime.Types;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;

namespace KubeFed.FederationApiServer.Types;

/// <summary>
/// Knows the types that the server serves itself, as they are when a FederatedTypeConfig is read; there is no host to ask for others, of
/// which it takes that they have replicas.
/// </summary>
internal sealed class OwnTargets(ITypeSource types) : ITargetDirectory, IDisposable
{
    /// <inheritdoc/>
    public FederationTarget Describe(ApiResource target) =>
        types.Current.TryFind(target.Group ?? string.Empty, target.Version, target.PluralName, out var type, out var version)
            ? new FederationTarget { Resource = target, ShortNames = type.ShortNames, HasReplicas = version.Scale is not null }
            : new FederationTarget { Resource = target, HasReplicas = true };

    /// <inheritdoc/>
    public IDisposable OnLearned(Action learned) => this;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
