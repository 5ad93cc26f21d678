namespace KubeFed.ApiServerRuntime.Storage.Memory;

/// <summary>Values in the order of their keys, bytewise.</summary>
internal sealed class KeyOrder : IComparer<StoredValue>
{
    internal static KeyOrder Instance { get; } = new();

    public int Compare(StoredValue? x, StoredValue? y) => string.CompareOrdinal(x?.Key, y?.Key);
}
