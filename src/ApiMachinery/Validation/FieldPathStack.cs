using System.Globalization;
using System.Text;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>Where a reader is in a document, kept without allocating until somebody asks for the text.</summary>
internal sealed class FieldPathStack
{
    private readonly List<(string? Name, int Index)> _elements = [];

    public int Depth => _elements.Count;

    public void Push(string name) => _elements.Add((name, 0));

    public void Push(int index) => _elements.Add((null, index));

    public void Pop() => _elements.RemoveAt(_elements.Count - 1);

    public void Replace(string name) => _elements[^1] = (name, 0);

    public void Next() => _elements[^1] = (null, _elements[^1].Index + 1);

    public bool IsIndex => _elements.Count > 0 && _elements[^1].Name is null;

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string? name, int index) in _elements)
        {
            if (name is null)
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : string.Empty).Append(name);
            }
        }

        return text.ToString();
    }
}
