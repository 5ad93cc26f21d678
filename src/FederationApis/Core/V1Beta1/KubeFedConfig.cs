using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>The control plane's configuration: one object, named <c>kubefed</c>, in the control plane's namespace. Read at start.</summary>
public sealed record KubeFedConfig
{
    /// <summary>Always <c>core.kubefed.io/v1beta1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? FederationGroups.CoreV1Beta1; } = FederationGroups.CoreV1Beta1;

    /// <summary>Always <c>KubeFedConfig</c>.</summary>
    public string Kind { get; init => field = value ?? "KubeFedConfig"; } = "KubeFedConfig";

    /// <summary>Metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Empty; } = ObjectMeta.Empty;

    /// <summary>The configuration; <see cref="KubeFedConfigSpec.WithDefaults"/> fills in what is absent.</summary>
    public KubeFedConfigSpec Spec { get; init => field = value ?? KubeFedConfigSpec.Empty; } = KubeFedConfigSpec.Empty;
}
