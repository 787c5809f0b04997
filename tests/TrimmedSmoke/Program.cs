Console.WriteLine("trimmed");
