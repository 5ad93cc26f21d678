namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>Builds a tree from below, its nodes three quarters full so that the next changes seldom split them.</summary>
internal static class TreeBuilder
{
    private const int LeafWidth = TreeLeaf.MaxWidth * 3 / 4;
    private const int BranchWidth = TreeBranch.MaxWidth * 3 / 4;

    public static TreeNode Build(IReadOnlyList<CachedObject> objects)
    {
        var level = new List<TreeNode>((objects.Count / LeafWidth) + 1);
        var firstKeys = new List<string>(level.Capacity);
        for (var start = 0; start < objects.Count; start += LeafWidth)
        {
            var items = new CachedObject[Math.Min(LeafWidth, objects.Count - start)];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = objects[start + i];
            }

            level.Add(new TreeLeaf(items));
            firstKeys.Add(items[0].Key);
        }

        while (level.Count > 1)
        {
            (level, firstKeys) = Above(level, firstKeys);
        }

        return level[0];
    }

    private static (List<TreeNode> Level, List<string> FirstKeys) Above(List<TreeNode> level, List<string> firstKeys)
    {
        var above = new List<TreeNode>((level.Count / BranchWidth) + 1);
        var keys = new List<string>(above.Capacity);
        for (var start = 0; start < level.Count; start += BranchWidth)
        {
            var width = Math.Min(BranchWidth, level.Count - start);
            above.Add(new TreeBranch([.. level.GetRange(start, width)], [.. firstKeys.GetRange(start, width)]));
            keys.Add(firstKeys[start]);
        }

        return (above, keys);
    }
}
