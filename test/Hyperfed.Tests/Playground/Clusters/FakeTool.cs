using System.Runtime.Versioning;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground.Clusters;

/// <summary>A program that stands for another: it writes down how it is called, and does what a script says.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeTool
{
    private readonly string _calls;

    public FakeTool(TempFolder folder, string name, string script)
    {
        _calls = folder.Combine($"{name}.calls");
        string path = folder.Write(name, $"#!/bin/sh\necho \"$*\" >>'{_calls}'\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Tool = new ExternalTool(path);
    }

    public ExternalTool Tool { get; }

    /// <summary>The arguments of each call.</summary>
    public string[] Calls => File.Exists(_calls) ? File.ReadAllLines(_calls) : [];
}
