namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>Objects in key order.</summary>
internal sealed class TreeLeaf(CachedObject[] items) : TreeNode(items.Length)
{
    public const int MaxWidth = 32;

    public static TreeLeaf Empty { get; } = new([]);

    public CachedObject[] Items { get; } = items;

    public override int Width => Items.Length;

    public override bool IsSparse => Items.Length < MaxWidth / 4;

    public int LowerBound(string key)
    {
        int low = 0, high = Items.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(Items[middle].Key, key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public CachedObject? Find(string key)
    {
        var at = LowerBound(key);
        return IsAt(at, key) ? Items[at] : null;
    }

    public override TreeSplit Set(CachedObject value)
    {
        var at = LowerBound(value.Key);
        if (IsAt(at, value.Key))
        {
            var replaced = (CachedObject[])Items.Clone();
            replaced[at] = value;
            return new(new TreeLeaf(replaced));
        }

        CachedObject[] all = [.. Items.AsSpan(0, at), value, .. Items.AsSpan(at)];
        if (all.Length <= MaxWidth)
        {
            return new(new TreeLeaf(all));
        }

        var half = all.Length / 2;
        return new(new TreeLeaf(all[..half]), new TreeLeaf(all[half..]), all[half].Key);
    }

    public override TreeNode Remove(string key)
    {
        var at = LowerBound(key);
        return IsAt(at, key) ? new TreeLeaf([.. Items.AsSpan(0, at), .. Items.AsSpan(at + 1)]) : this;
    }

    public override TreeNode? Join(TreeNode next, string separator) =>
        Width + next.Width <= MaxWidth ? new TreeLeaf([.. Items, .. ((TreeLeaf)next).Items]) : null;

    private bool IsAt(int at, string key) => at < Items.Length && string.Equals(Items[at].Key, key, StringComparison.Ordinal);
}
