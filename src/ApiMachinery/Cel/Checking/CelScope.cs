namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>The names that an expression can use at a place, and where their values are.</summary>
internal sealed class CelScope
{
    private readonly List<(string Name, CelType Type)> _names = [];

    /// <summary>How many values there are at most at one time.</summary>
    public int Capacity { get; private set; }

    /// <summary>The names that were looked up.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a name that hides earlier ones.</summary>
    /// <returns>Where its value is.</returns>
    public int Push(string name, CelType type)
    {
        _names.Add((name, type));
        Capacity = Math.Max(Capacity, _names.Count);
        return _names.Count - 1;
    }

    public void Pop(int count) => _names.RemoveRange(_names.Count - count, count);

    public bool TryFind(string name, int variables, out int slot, out CelType type)
    {
        slot = _names.FindLastIndex(n => n.Name == name);
        type = slot < 0 ? CelType.Dynamic : _names[slot].Type;
        if (slot >= 0 && slot < variables)
        {
            Used.Add(name);
        }

        return slot >= 0;
    }
}
