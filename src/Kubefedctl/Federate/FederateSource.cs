using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Discovery;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>A live object to federate.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Live">The object.</param>
internal sealed record FederateSource(ApiResource Type, KubeObject Live);
