using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>Walks the leaves of a tree from the one that holds a key.</summary>
internal sealed class TreeCursor
{
    private readonly List<(TreeBranch Branch, int Index)> _path = [];

    public TreeCursor(TreeNode root, string from)
    {
        var node = root;
        while (node is TreeBranch branch)
        {
            var index = branch.ChildOf(from);
            _path.Add((branch, index));
            node = branch.Children[index];
        }

        Leaf = (TreeLeaf)node;
        Start = Leaf.LowerBound(from);
    }

    /// <summary>The leaf; null past the last one.</summary>
    public TreeLeaf? Leaf { get; private set; }

    /// <summary>Where in the first leaf to begin.</summary>
    public int Start { get; }

    /// <summary>Goes to the next leaf.</summary>
    public void MoveNext()
    {
        while (_path.Count > 0 && _path[^1].Index + 1 == _path[^1].Branch.Children.Length)
        {
            _path.RemoveAt(_path.Count - 1);
        }

        if (_path.Count == 0)
        {
            Leaf = null;
            return;
        }

        var (branch, index) = _path[^1];
        _path[^1] = (branch, index + 1);
        Descend(branch.Children[index + 1]);
    }

    [MemberNotNull(nameof(Leaf))]
    private void Descend(TreeNode node)
    {
        while (node is TreeBranch branch)
        {
            _path.Add((branch, 0));
            node = branch.Children[0];
        }

        Leaf = (TreeLeaf)node;
    }
}
