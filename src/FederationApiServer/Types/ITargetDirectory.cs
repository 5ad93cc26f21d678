using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;

namespace KubeFed.FederationApiServer.Types;

/// <summary>Knows more of the types that are federated than their FederatedTypeConfigs say.</summary>
internal interface ITargetDirectory
{
    /// <summary>What is known of a type now; where more has to be found out, what holds for most types.</summary>
    FederationTarget Describe(ApiResource target);

    /// <summary>Calls back when more is known of some type. Dispose to stop.</summary>
    IDisposable OnLearned(Action learned);
}
