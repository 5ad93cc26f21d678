using System.Globalization;
using System.Text;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>Where a reader is in a document, kept without allocating until somebody asks for the text.</summary>
internal sealed class FieldPathStack
{
    private readonly List<(string? Name, int Index)> _elements = [];

    public void Push(string name) => _elements.Add((name, 0));

    /// <summary>Enters a list; -1 stands before its first item.</summary>
    public void Push(int index) => _elements.Add((null, index));

    public void Pop() => _elements.RemoveAt(_elements.Count - 1);

    public void Next() => _elements[^1] = (null, _elements[^1].Index + 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string? name, int index) in _elements)
        {
            if (name is null && index < 0)
            {
                continue;
            }

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
