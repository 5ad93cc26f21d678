using System.Text;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Text under construction that knows its column.</summary>
internal sealed class YamlLines
{
    private readonly StringBuilder _text = new();

    public int Column { get; private set; }

    public void Put(char c)
    {
        _text.Append(c);
        Column++;
    }

    public void Put(ReadOnlySpan<char> text)
    {
        _text.Append(text);
        Column += text.Length;
    }

    public void Indent(int columns)
    {
        _text.Append(' ', columns - Column);
        Column = columns;
    }

    /// <summary>Ends the line, unless nothing is on it.</summary>
    public void End()
    {
        if (Column > 0)
        {
            Break();
        }
    }

    public void Break()
    {
        _text.Append('\n');
        Column = 0;
    }

    public override string ToString() => _text.ToString();
}
