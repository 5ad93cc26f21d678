namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>A value as it is stored.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">The bytes that were written.</param>
/// <param name="Revision">The revision of the write that made it.</param>
public sealed record StoredValue(string Key, ReadOnlyMemory<byte> Value, long Revision);
