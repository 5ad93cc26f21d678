namespace KubeFed.ApiMachinery.Yaml;

/// <summary>How a string is written.</summary>
internal enum ScalarForm
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}
