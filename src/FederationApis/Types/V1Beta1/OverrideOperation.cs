namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>One operation on the template for one cluster.</summary>
/// <param name="Op"><c>add</c>, <c>remove</c> or <c>replace</c>; null or empty means <c>replace</c>.</param>
/// <param name="Path">A JSON pointer into the template.</param>
/// <param name="Value">The JSON of the value; null when absent, which counts as JSON null.</param>
public sealed record OverrideOperation(string? Op, string Path, ReadOnlyMemory<byte>? Value);
