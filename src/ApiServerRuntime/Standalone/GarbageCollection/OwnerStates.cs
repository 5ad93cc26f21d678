using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>How it stands with the owners of an object.</summary>
/// <param name="Solid">Those that are there.</param>
/// <param name="Absent">Those that are gone.</param>
/// <param name="Waiting">Those that wait for the object to be deleted.</param>
/// <param name="Unknown">Those of which it cannot be said: their type is not served, or they cannot be owners of the object.</param>
internal sealed record OwnerStates(
    IReadOnlyList<OwnerReference> Solid, IReadOnlyList<OwnerReference> Absent, IReadOnlyList<OwnerReference> Waiting, IReadOnlyList<OwnerReference> Unknown);
