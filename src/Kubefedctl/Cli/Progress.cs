namespace KubeFed.Kubefedctl.Cli;

/// <summary>Short lines on stderr that tell what is being done; the same whether or not a terminal reads them.</summary>
internal sealed class Progress(TextWriter writer, bool dryRun)
{
    /// <summary>Whether nothing is really done.</summary>
    public bool IsDryRun => dryRun;

    /// <summary>Something was done; in a dry run the line says that it was not.</summary>
    public void Done(string what) => writer.WriteLine(dryRun ? $"{what} (dry run)" : what);

    /// <summary>Something worth knowing.</summary>
    public void Note(string text) => writer.WriteLine(text);

    /// <summary>Something the user may want to mend.</summary>
    public void Warn(string text) => writer.WriteLine($"Warning: {text}");
}
