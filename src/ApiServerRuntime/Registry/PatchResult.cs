using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What a patch made.</summary>
/// <param name="Object">The object.</param>
/// <param name="Created">Whether it did not exist before: the answer is 201.</param>
public sealed record PatchResult(KubeObject Object, bool Created);
