namespace KubeFed.ApiMachinery.Apply;

/// <summary>Collects the differences below one node. A value type: pass it by reference.</summary>
internal struct ComparisonBuilder
{
    private FieldSetBuilder _added;
    private FieldSetBuilder _modified;
    private FieldSetBuilder _removed;

    public void Added(string key, FieldSet below) => _added.Add(key, true, below);

    public void Modified(string key) => _modified.Add(key, true, null);

    public void Removed(string key, FieldSet below) => _removed.Add(key, true, below);

    public void Below(string key, in Comparison below)
    {
        _added.Add(key, false, below.Added);
        _modified.Add(key, false, below.Modified);
        _removed.Add(key, false, below.Removed);
    }

    public readonly Comparison Build() => _added.IsEmpty && _modified.IsEmpty && _removed.IsEmpty
        ? Comparison.Same
        : new Comparison(_added.Build(), _modified.Build(), _removed.Build());
}
