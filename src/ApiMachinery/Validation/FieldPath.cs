using System.Globalization;
using System.Text;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>The place of a field in an object, printed the way the API server prints it: <c>spec.ports[0].labels[a/b]</c>. Immutable.</summary>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _text;
    private readonly bool _subscript;

    private FieldPath(FieldPath? parent, string text, bool subscript)
    {
        _parent = parent;
        _text = text;
        _subscript = subscript;
    }

    /// <summary>The path of a field of the object itself.</summary>
    public static FieldPath Root(string name) => new(null, name, subscript: false);

    /// <summary>The field <paramref name="name"/> below this one.</summary>
    public FieldPath Child(string name) => new(this, name, subscript: false);

    /// <summary>The element of this list at <paramref name="index"/>.</summary>
    public FieldPath Index(int index) => new(this, index.ToString(CultureInfo.InvariantCulture), subscript: true);

    /// <summary>The entry of this map under <paramref name="key"/>.</summary>
    public FieldPath Key(string key) => new(this, key, subscript: true);

    /// <inheritdoc/>
    public override string ToString()
    {
        var elements = new Stack<FieldPath>();
        for (FieldPath? path = this; path is not null; path = path._parent)
        {
            elements.Push(path);
        }

        var text = new StringBuilder();
        foreach (FieldPath element in elements)
        {
            if (element._subscript)
            {
                text.Append('[').Append(element._text).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : string.Empty).Append(element._text);
            }
        }

        return text.ToString();
    }
}
