namespace KubeFed.Scale.Measure;

/// <summary>How often a request was made for each object.</summary>
internal readonly record struct RequestRate(RequestKey Key, double Rate);
