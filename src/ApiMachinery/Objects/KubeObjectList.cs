namespace KubeFed.ApiMachinery.Objects;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects, in the server's order.</param>
/// <param name="ResourceVersion">The version that the whole list is of: where a watch continues.</param>
/// <param name="Continue">The token of the next page, or null on the last.</param>
/// <param name="RemainingItemCount">How many objects follow, where the server says.</param>
public sealed record KubeObjectList(
    IReadOnlyList<KubeObject> Items,
    string ResourceVersion,
    string? Continue = null,
    long? RemainingItemCount = null);
