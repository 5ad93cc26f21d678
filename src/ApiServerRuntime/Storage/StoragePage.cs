namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>A list, or a part of one.</summary>
/// <param name="Items">The values, in key order.</param>
/// <param name="Revision">The revision that was read: the one asked for, or the store's newest.</param>
/// <param name="More">Whether keys of the prefix follow the last item.</param>
/// <param name="Remaining">How many follow.</param>
public sealed record StoragePage(IReadOnlyList<StoredValue> Items, long Revision, bool More, long Remaining);
