namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Where a type keeps what <c>autoscaling/v1</c> Scale shows. Paths are as <c>.spec.replicas</c>.</summary>
/// <param name="SpecReplicasPath">The wanted number.</param>
/// <param name="StatusReplicasPath">The number there is.</param>
/// <param name="LabelSelectorPath">The selector in its text form; null without one.</param>
public sealed record ScaleSubresource(string SpecReplicasPath, string StatusReplicasPath, string? LabelSelectorPath);
