namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>What an answer warns of, in the order found, each text once. Not for use by several threads at once.</summary>
public sealed class WarningList
{
    private readonly List<string> _texts = [];

    /// <summary>The texts, without the framing of the Warning header.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Adds a warning.</summary>
    public void Add(string text)
    {
        if (!_texts.Contains(text, StringComparer.Ordinal))
        {
            _texts.Add(text);
        }
    }
}
