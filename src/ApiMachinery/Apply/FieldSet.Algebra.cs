namespace KubeFed.ApiMachinery.Apply;

public sealed partial class FieldSet
{
    /// <summary>The paths of either set.</summary>
    public FieldSet Union(FieldSet other)
    {
        if (other.IsEmpty || ReferenceEquals(this, other))
        {
            return this;
        }

        if (IsEmpty)
        {
            return other;
        }

        var result = new FieldNode[_nodes.Length + other._nodes.Length];
        int count = 0, i = 0, j = 0;
        while (i < _nodes.Length || j < other._nodes.Length)
        {
            var order = Order(i, other, j);
            result[count++] = order < 0 ? _nodes[i++] : order > 0 ? other._nodes[j++] : Join(_nodes[i++], other._nodes[j++]);
        }

        return Trim(result, count);
    }

    /// <summary>The paths in both sets.</summary>
    public FieldSet Intersect(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return Empty;
        }

        var result = new FieldNode[Math.Min(_nodes.Length, other._nodes.Length)];
        int count = 0, i = 0, j = 0;
        while (i < _nodes.Length && j < other._nodes.Length)
        {
            var order = Order(i, other, j);
            if (order == 0)
            {
                Keep(result, ref count, Common(_nodes[i], other._nodes[j]));
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return Trim(result, count);
    }

    /// <summary>The paths that are not in the other set.</summary>
    public FieldSet Except(FieldSet other) => Subtract(other, recursive: false);

    /// <summary>The paths that are not in the other set nor below one of its members.</summary>
    public FieldSet ExceptBelow(FieldSet other) => Subtract(other, recursive: true);

    /// <summary>The paths with none below them.</summary>
    public FieldSet Leaves()
    {
        var result = new FieldNode[_nodes.Length];
        for (var i = 0; i < _nodes.Length; i++)
        {
            var node = _nodes[i];
            result[i] = node.Children is null ? node : new FieldNode(node.Key, false, node.Children.Leaves());
        }

        return Trim(result, result.Length);
    }

    private FieldSet Subtract(FieldSet other, bool recursive)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var result = new FieldNode[_nodes.Length];
        int count = 0, i = 0, j = 0;
        var same = true;
        while (i < _nodes.Length)
        {
            var order = Order(i, other, j);
            if (order > 0)
            {
                j++;
                continue;
            }

            var node = _nodes[i++];
            var kept = order < 0 ? node : Rest(node, other._nodes[j++], recursive);
            same &= kept.IsMember == node.IsMember && ReferenceEquals(kept.Children, node.Children);
            Keep(result, ref count, kept);
        }

        return same ? this : Trim(result, count);
    }

    private static FieldNode Rest(in FieldNode node, in FieldNode other, bool recursive)
    {
        if (recursive && other.IsMember)
        {
            return default;
        }

        var children = node.Children is null || other.Children is null ? node.Children : node.Children.Subtract(other.Children, recursive);
        return FieldNode.Of(node.Key, node.IsMember && !other.IsMember, children);
    }

    private static FieldNode Join(in FieldNode a, in FieldNode b) => new(
        a.Key,
        a.IsMember || b.IsMember,
        a.Children is null ? b.Children : b.Children is null ? a.Children : a.Children.Union(b.Children));

    private static FieldNode Common(in FieldNode a, in FieldNode b) => FieldNode.Of(
        a.Key,
        a.IsMember && b.IsMember,
        a.Children is null || b.Children is null ? null : a.Children.Intersect(b.Children));

    private static void Keep(FieldNode[] result, ref int count, in FieldNode node)
    {
        if (!node.IsEmpty)
        {
            result[count++] = node;
        }
    }

    private static FieldSet Trim(FieldNode[] nodes, int count)
    {
        if (count == 0)
        {
            return Empty;
        }

        if (count < nodes.Length)
        {
            Array.Resize(ref nodes, count);
        }

        return new FieldSet(nodes);
    }

    private int Order(int i, FieldSet other, int j)
    {
        if (i == _nodes.Length)
        {
            return 1;
        }

        return j == other._nodes.Length ? -1 : PathKey.Compare(_nodes[i].Key, other._nodes[j].Key);
    }
}
