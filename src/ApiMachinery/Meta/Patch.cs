namespace KubeFed.ApiMachinery.Meta;

/// <summary>A patch and its language.</summary>
/// <param name="Type">The language.</param>
/// <param name="Body">The patch as UTF-8 JSON.</param>
public readonly record struct Patch(PatchType Type, ReadOnlyMemory<byte> Body);
