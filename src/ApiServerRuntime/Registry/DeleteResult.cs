using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What a deletion did: exactly one of the two is set.</summary>
/// <param name="Removed">The answer when the object is gone.</param>
/// <param name="Terminating">The object when finalizers, or a grace period, still hold it.</param>
public sealed record DeleteResult(Status? Removed, KubeObject? Terminating);
